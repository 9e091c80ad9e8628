package dev.crease.campaign;

import java.util.Arrays;
import java.util.Optional;

/** The families of instances. */
public enum Family {
  /** The learned Brusselator, with the parameter b and with the time step tau. */
  DYNAMICS("dynamics"),
  /** Learned maps of four states: a cart and pole, dense and pruned, and the Lorenz-96 system. */
  DYNAMICS_4D("dynamics-4d"),
  /** Well-posed questions: outputs known up to noise, on networks of the other families. */
  NOISE("noise"),
  /** A dense network of the Van der Pol oscillator against pruned ones, in both directions. */
  PRUNING("pruning-calibration"),
  /** Residual blocks, invertible by construction. */
  RESIDUAL("residual"),
  /** Random networks, one size after the other. */
  SCALING("scaling"),
  /** Random networks of one or two inputs with narrow, steep dips, which tolerances may hide. */
  SPIKES("spikes");

  private final String label;

  Family(String label) {
    this.label = label;
  }

  /** What users write for it. */
  public String label() {
    return label;
  }

  /** The family that a user wrote. */
  public static Optional<Family> byLabel(String text) {
    return Arrays.stream(values()).filter(f -> f.label.equals(text)).findFirst();
  }

  @Override
  public String toString() {
    return label;
  }
}
