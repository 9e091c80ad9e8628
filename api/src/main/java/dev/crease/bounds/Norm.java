package dev.crease.bounds;

import dev.crease.Choices;
import java.util.List;

/** The norms in which balls and distances are measured. */
public enum Norm {
  /** The sum of absolute values. */
  L1("1"),
  /** The Euclidean norm. */
  L2("2"),
  /** The largest absolute value. */
  LINF("inf");

  private final String label;

  Norm(String label) {
    this.label = label;
  }

  /** What users write for it: {@code 1}, {@code 2} or {@code inf}. */
  public String label() {
    return label;
  }

  /** The norms by what users write for them. */
  public static Choices<Norm> choices() {
    return Choices.of("norm", Norm::label, List.of(values()));
  }

  /** The norm of a vector. */
  public double of(double[] x) {
    double norm = 0;
    for (double value : x) {
      double size = Math.abs(value);
      norm =
          switch (this) {
            case L1 -> norm + size;
            case L2 -> Math.hypot(norm, size);
            case LINF -> Math.max(norm, size);
          };
    }
    return norm;
  }

  /** The distance of two points of one dimension. */
  public double distance(double[] x, double[] y) {
    double[] difference = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      difference[i] = x[i] - y[i];
    }
    return of(difference);
  }

  /** The dual norm: L1 and L-infinity are each other's, L2 is its own. */
  public Norm dual() {
    return switch (this) {
      case L1 -> LINF;
      case L2 -> L2;
      case LINF -> L1;
    };
  }

  @Override
  public String toString() {
    return label;
  }
}
