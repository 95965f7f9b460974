"""What a release is held against: integrity queries and their findings."""
