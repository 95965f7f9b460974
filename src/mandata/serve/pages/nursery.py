"""The process from which the workers that make pages are forked: apart, so that no query waits for it."""

from mandata.serve.nursery import main
from mandata.serve.pages.worker import work

if __name__ == "__main__":
    main(work)
