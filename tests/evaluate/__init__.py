"""What the converter gets right on the real texts of ``../shared/corpus``, and what a change gains and loses."""
