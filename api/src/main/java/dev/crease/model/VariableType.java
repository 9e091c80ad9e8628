package dev.crease.model;

/** What values a variable may take within its bounds. */
public enum VariableType {
  /** Any real number. */
  CONTINUOUS,
  /** Any integer. */
  INTEGER,
  /** 0 or 1. */
  BINARY
}
