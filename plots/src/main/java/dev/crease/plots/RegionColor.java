package dev.crease.plots;

import dev.crease.question.Query;
import dev.crease.regions.Region;
import java.util.List;
import java.util.Locale;

/** What the colour of a linear region says of its map; for networks of two inputs and outputs. */
public enum RegionColor {

  /** The determinant of the Jacobian: how much areas grow, and whether orientation is kept. */
  DETERMINANT,

  /**
   * The condition of the Jacobian in the norm and the units of the question: how much more an error
   * of the outputs may be magnified, each relative to its size, on the way back to the inputs.
   */
  CONDITION;

  /** As people write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  RegionScale scale(List<Region> regions, Query query) {
    return switch (this) {
      case DETERMINANT -> DeterminantScale.of(regions);
      case CONDITION -> ConditionScale.of(regions, query.norm(), query.units());
    };
  }
}
