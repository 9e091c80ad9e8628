package dev.crease.solver.regions;

import dev.crease.certify.Cover;
import java.util.Optional;

final class CoverBuilder {
  CoverBuilder(Question question) {}

  Optional<Cover> cover(double radius) {
    return Optional.empty();
  }
}
