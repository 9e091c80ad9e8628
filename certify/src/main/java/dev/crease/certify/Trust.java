package dev.crease.certify;

import dev.crease.Choices;
import java.util.List;

/** Whose word is taken for what an answer certifies, by the names with which users choose. */
public enum Trust {
  /** Nobody's: what is certified was proved and checked here; what a solver says is claimed. */
  PROOF("proof"),
  /** A solver's: its bounds are certified, under its tolerances and a delta. */
  SOLVER("solver");

  private final String id;

  Trust(String id) {
    this.id = id;
  }

  /** What users write for it. */
  public String id() {
    return id;
  }

  /** All of them, by id. */
  public static Choices<Trust> choices() {
    return Choices.of("trust", Trust::id, List.of(values()));
  }
}
