package dev.crease.engine.regions.whole;

import dev.crease.certify.CellTree;
import dev.crease.certify.StopReason;
import java.util.Optional;

/** Whether a network is one-to-one on all of {@code R^m}. */
public sealed interface WholeSpace {

  /** How many linear regions were seen. */
  long regions();

  /**
   * It is.
   *
   * @param sign of all determinants
   * @param proof from which that can be checked, if it was asked for
   */
  record OneToOne(long regions, int sign, Optional<CellTree> proof) implements WholeSpace {}

  /**
   * It is not.
   *
   * @param radius no ball that is larger is mapped one-to-one; rounded up
   * @param why in a few words
   */
  record Fails(long regions, double radius, String why) implements WholeSpace {}

  /** It is not known: the search was stopped. */
  record Stopped(long regions, StopReason reason) implements WholeSpace {}
}
