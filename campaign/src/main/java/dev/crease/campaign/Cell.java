package dev.crease.campaign;

import dev.crease.Cancellation;
import dev.crease.certify.CertifyOptions;
import java.time.Duration;

/**
 * An instance, answered in one way.
 *
 * @param instance the question
 * @param configuration how it is answered
 * @param seed of the solver, and of the search for collisions
 * @param repeat how often it has been answered with this seed, from 1
 */
public record Cell(Instance instance, Configuration configuration, int seed, int repeat) {

  /** The first time, with the first seed. */
  public Cell(Instance instance, Configuration configuration) {
    this(instance, configuration, Suite.SEED, 1);
  }

  /** Unique and stable; seed and repeat are in it only where they are not the first. */
  public String id() {
    String id = instance.id() + "@" + configuration.key();
    return seed == Suite.SEED && repeat == 1 ? id : id + "#" + seed + "." + repeat;
  }

  /** The same with another seed, or once more. */
  Cell again(int otherSeed, int otherRepeat) {
    return new Cell(instance, configuration, otherSeed, otherRepeat);
  }

  CertifyOptions options(Duration limit, Cancellation cancellation) {
    return configuration.options(seed, limit, cancellation);
  }
}
