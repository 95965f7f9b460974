"""``python -m mandata`` is the command ``mandata``."""

from mandata.cli.main import main

main()
