"""The languages of the United Nations as data: rules, words and dates, one YAML file a language."""
