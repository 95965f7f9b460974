"""Our own rules: the files, the expressions they use, restatement by wording."""
