"""What leaves the house: dumps that a person can read and a machine can compare byte for byte."""
