package dev.crease.verifier.vipr;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A constraint of a VIPR file: a linear form is at least a number, or equal to it.
 *
 * <p>A form has coefficients by variable. Beside the variables there are their differences between
 * the copies, {@code v - v'}, by the number of {@code v} raised by that of all variables.
 *
 * @param index the number of its line
 * @param sense {@code G}, or {@code E} if equal; {@code L} if at least, but written negated
 */
record Row(int index, char sense, Form form, Dyadic rhs) {

  /** A linear form, while it is made and then. */
  static final class Form {

    private final SortedMap<Integer, Dyadic> terms = new TreeMap<>();

    /** More of a variable. */
    Form plus(int id, Dyadic coefficient) {
      if (coefficient.sign() != 0) {
        terms.merge(id, coefficient, Dyadic::plus);
      }
      return this;
    }

    Form plus(int id, int coefficient) {
      return plus(id, Dyadic.of(coefficient));
    }

    Map<Integer, Dyadic> terms() {
      return terms;
    }

    /** How many there are, and each with its number. */
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      terms.values().removeIf(c -> c.sign() == 0);
      text.append(terms.size());
      terms.forEach((id, c) -> text.append(" ").append(id).append(" ").append(c));
      return text.toString();
    }
  }
}
