"""``python -m mandata`` is the command ``mandata``."""

from mandata.cli.main import main

if __name__ == "__main__":
    main()
