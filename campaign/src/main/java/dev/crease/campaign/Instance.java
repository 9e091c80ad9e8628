package dev.crease.campaign;

import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A question to measure on.
 *
 * @param id unique and stable: data of different days are compared by it
 * @param family the family
 * @param query the question
 * @param known the true answer, where it is known by construction
 * @param slope how steep the network is, where it was made to be steep
 */
public record Instance(
    String id, Family family, Query query, Optional<Truth> known, OptionalDouble slope) {

  /** One of no slope in particular. */
  public Instance(String id, Family family, Query query, Optional<Truth> known) {
    this(id, family, query, known, OptionalDouble.empty());
  }

  /** Number of inputs of the network. */
  public int inputs() {
    return query.f().inputs();
  }

  /** Number of ReLUs, over both networks where there are two. */
  public int neurons() {
    return query.f().reluCount() + query.g().map(ReluNetwork::reluCount).orElse(0);
  }
}
