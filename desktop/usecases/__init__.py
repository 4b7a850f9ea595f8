"""What people can do in the hall, one function per act."""
