package dev.crease.regions;

import dev.crease.Cancellation;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import java.util.List;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/** Finds linear regions and preimages, exactly. Stateless; may be used from several threads. */
public interface RegionEngine {

  /** The id by which configuration selects it. */
  String id();

  /**
   * The linear regions in a window.
   *
   * @param limit how many regions at most; with more the map is not complete
   * @throws dev.crease.Unsupported if the network has too many inputs
   * @throws IllegalArgumentException if the window does not fit the network
   */
  RegionMap regions(ReluNetwork f, Window window, int limit, Cancellation cancellation);

  /**
   * All points of a window with a given output, sorted by their coordinates.
   *
   * @param outputs a list of outputs, each with one entry per output of the network
   * @return for each output its preimages
   * @throws dev.crease.Unsupported if the network has too many inputs
   * @throws IllegalArgumentException if the window or an output does not fit the network
   */
  List<List<Preimage>> preimages(
      ReluNetwork f, List<List<BigFraction>> outputs, Window window, Cancellation cancellation);

  /**
   * Why {@link #ball} cannot answer for a query, whatever the radius; empty if it may.
   *
   * @param query without shared inputs
   */
  Optional<String> refusal(Query query);

  /**
   * The linear regions of the ball of a query, found by outputs.
   *
   * @param query without shared inputs
   * @param radius of the ball
   * @throws dev.crease.Unsupported if the networks have too many inputs or the ball too many
   *     regions
   * @throws dev.crease.SolverFailure if cancelled
   * @throws IllegalArgumentException if inputs are shared or the radius is not positive and finite
   */
  BallRegions ball(Query query, double radius, Cancellation cancellation);

  /**
   * The exact output at a point.
   *
   * @param x one entry per input
   */
  List<BigFraction> evaluate(ReluNetwork f, List<BigFraction> x);
}
