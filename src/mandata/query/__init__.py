"""Competency questions: files with one header, asked of a store on disk or of an endpoint far away."""
