package dev.crease.mip;

import dev.crease.bounds.Norm;
import dev.crease.certify.CertifyOptions;
import dev.crease.question.Query;
import dev.crease.solver.Capability;
import java.util.Optional;

/** A way to bracket a radius with a solver of mixed-integer models. */
interface Strategy {

  String id();

  /** The strategy that answers a question. */
  default String id(Query query, CertifyOptions options) {
    return id();
  }

  /** Which norm the separation is measured in, so that what it needs is known beforehand. */
  Norm separationNorm(Query query);

  /** What the strategy's ReLU encoding needs of the backend beyond linear constraints. */
  Optional<Capability> needs(CertifyOptions options);

  /**
   * Brackets the radius, or where the run {@linkplain Run#decides decides} stops at the first
   * collision: one way for both, so that they cannot differ.
   */
  void answer(Run run);
}
