package dev.crease.model;

/**
 * A constraint of a model. The kinds are closed: {@link #fold} and {@link #visit} have a case for
 * each, so that whoever forgets a new kind does not compile (decision 013).
 */
public sealed interface Constraint
    permits LinearConstraint, IndicatorConstraint, Sos1Constraint, QuadraticConstraint {

  /** What to call it in messages and LP files; need not be unique. */
  String name();

  /**
   * What to make of one kind.
   *
   * @param <C> the kind
   * @param <T> what is made
   * @param <X> what may be thrown
   */
  @FunctionalInterface
  interface Case<C extends Constraint, T, X extends Exception> {
    /** Makes it. */
    T of(C constraint) throws X;
  }

  /**
   * What to do with one kind.
   *
   * @param <C> the kind
   * @param <X> what may be thrown
   */
  @FunctionalInterface
  interface Act<C extends Constraint, X extends Exception> {
    /** Does it. */
    void on(C constraint) throws X;
  }

  /** Makes something of it, whatever its kind. */
  <T, X extends Exception> T fold(
      Case<LinearConstraint, ? extends T, ? extends X> linear,
      Case<IndicatorConstraint, ? extends T, ? extends X> indicator,
      Case<Sos1Constraint, ? extends T, ? extends X> sos1,
      Case<QuadraticConstraint, ? extends T, ? extends X> quadratic)
      throws X;

  /** Does something with it, whatever its kind. */
  default <X extends Exception> void visit(
      Act<LinearConstraint, ? extends X> linear,
      Act<IndicatorConstraint, ? extends X> indicator,
      Act<Sos1Constraint, ? extends X> sos1,
      Act<QuadraticConstraint, ? extends X> quadratic)
      throws X {
    this.<Boolean, X>fold(
        c -> {
          linear.on(c);
          return true;
        },
        c -> {
          indicator.on(c);
          return true;
        },
        c -> {
          sos1.on(c);
          return true;
        },
        c -> {
          quadratic.on(c);
          return true;
        });
  }
}
