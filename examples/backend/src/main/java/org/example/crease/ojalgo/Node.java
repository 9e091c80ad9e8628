package org.example.crease.ojalgo;

/**
 * A box of the search.
 *
 * @param lower lower bounds of the variables
 * @param upper upper bounds of the variables
 * @param bound proved: no point of the box is better
 */
record Node(double[] lower, double[] upper, double bound) {

  /** The half with a variable at most at a value. */
  Node below(int variable, double value, double newBound) {
    double[] smaller = upper.clone();
    smaller[variable] = value;
    return new Node(lower, smaller, newBound);
  }

  /** The half with a variable at least at a value. */
  Node above(int variable, double value, double newBound) {
    double[] larger = lower.clone();
    larger[variable] = value;
    return new Node(larger, upper, newBound);
  }
}
