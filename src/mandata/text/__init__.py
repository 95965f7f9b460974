"""From the bytes of a file to repaired lines whose every character knows where it stands in that file."""
