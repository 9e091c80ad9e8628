package dev.crease.bench;

import dev.crease.certify.Query;
import dev.crease.network.ReluNetwork;
import java.util.Optional;

/**
 * A question to measure on.
 *
 * @param id unique and stable: data of different days are compared by it
 * @param family the family
 * @param query the question
 * @param known the true answer, where it is known by construction
 */
public record Instance(String id, Family family, Query query, Optional<Truth> known) {

  /** Number of inputs of the network. */
  public int inputs() {
    return query.f().inputs();
  }

  /** Number of ReLUs, over both networks where there are two. */
  public int neurons() {
    return query.f().reluCount() + query.g().map(ReluNetwork::reluCount).orElse(0);
  }
}
