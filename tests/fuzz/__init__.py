"""Bad input, and input that ought to make no difference."""
