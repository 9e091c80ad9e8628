package dev.crease.campaign;

import java.time.Duration;

/** How much is measured. */
public enum Profile {
  /** Some of every family, in a few minutes: to see that everything runs. */
  QUICK("quick", Duration.ofSeconds(5)),
  /** All families but the spikes, for a night or two. */
  FULL("full", Duration.ofSeconds(30)),
  /** Thousands of steep networks, for hours: to see up to which slopes solvers can be believed. */
  SPIKES("spikes", Duration.ofSeconds(4));

  private final String label;
  private final Duration limit;

  Profile(String label, Duration limit) {
    this.label = label;
    this.limit = limit;
  }

  /** What users write for it. */
  public String label() {
    return label;
  }

  /** The limit on each cell, unless another is given. */
  public Duration limit() {
    return limit;
  }

  @Override
  public String toString() {
    return label;
  }
}
