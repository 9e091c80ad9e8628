package dev.crease.bench;

/**
 * An instance, answered in one way.
 *
 * @param instance the question
 * @param configuration how it is answered
 */
public record Cell(Instance instance, Configuration configuration) {

  /** Unique and stable. */
  public String id() {
    return instance.id() + "@" + configuration.key();
  }
}
