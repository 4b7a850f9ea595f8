"""The program of the hall: what people see, what they can do, and the engine that plans it."""
