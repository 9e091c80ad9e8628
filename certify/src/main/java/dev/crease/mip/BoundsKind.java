package dev.crease.mip;

import dev.crease.Choices;
import java.util.List;

/** The ways to bound neurons by the names with which users choose them. */
public enum BoundsKind {
  /** Linear programs where they pay, otherwise symbolic. */
  AUTO("auto"),
  /** Interval arithmetic. */
  INTERVAL("interval"),
  /** Symbolic back-substitution. */
  SYMBOLIC("symbolic"),
  /** Linear programs, their multipliers checked. */
  LP("lp"),
  /** Integer programs after linear ones. */
  MIP("mip");

  private final String id;

  BoundsKind(String id) {
    this.id = id;
  }

  /** What users write for it. */
  public String id() {
    return id;
  }

  /** All of them, by id. */
  public static Choices<BoundsKind> choices() {
    return Choices.of("bounds method", BoundsKind::id, List.of(values()));
  }
}
