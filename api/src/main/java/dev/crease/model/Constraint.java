package dev.crease.model;

/**
 * A constraint of a model. The kinds are closed, so that a backend's {@code switch} is complete.
 */
public sealed interface Constraint
    permits LinearConstraint, IndicatorConstraint, Sos1Constraint, QuadraticConstraint {

  /** What to call it in messages and LP files; need not be unique. */
  String name();
}
