"""``python -m desktop`` does what ``yijian`` does."""

from desktop.cli import main

if __name__ == "__main__":
    main()
