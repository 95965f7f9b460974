"""What a document states about mandates: functions, acts, requests and addressees, proclamations, agenda items."""
