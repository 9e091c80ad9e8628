package dev.crease.formats;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a node of one operator may have: so many inputs and outputs, and these attributes. A node
 * with anything else is another operator than the one that is read, or a slip of whoever wrote it.
 *
 * @param mostInputs the most inputs
 * @param mostOutputs the most outputs
 * @param attributes the attributes that there are, or were
 */
record Signature(int mostInputs, int mostOutputs, List<Attribute> attributes) {

  private static final int ALWAYS = Integer.MAX_VALUE;

  /**
   * An attribute.
   *
   * @param since the first operator set that has it
   * @param until the last
   */
  record Attribute(String name, int since, int until) {}

  /** A signature without attributes. */
  static Signature of(int mostInputs, int mostOutputs) {
    return new Signature(mostInputs, mostOutputs, List.of());
  }

  /** With attributes that all operator sets have. */
  Signature with(String... names) {
    Signature more = this;
    for (String name : names) {
      more = more.with(name, 1, ALWAYS);
    }
    return more;
  }

  /** With an attribute that came with an operator set. */
  Signature since(int opset, String name) {
    return with(name, opset, ALWAYS);
  }

  /** With an attribute that an operator set has as the last one. */
  Signature until(int opset, String name) {
    return with(name, 1, opset);
  }

  private Signature with(String name, int since, int until) {
    Attribute[] more = Arrays.copyOf(attributes.toArray(Attribute[]::new), attributes.size() + 1);
    more[attributes.size()] = new Attribute(name, since, until);
    return new Signature(mostInputs, mostOutputs, List.of(more));
  }

  /** What is wrong with an attribute in an operator set, if anything. */
  Optional<String> objection(String name, long opset) {
    Optional<Attribute> known =
        attributes.stream().filter(attribute -> attribute.name().equals(name)).findAny();
    if (known.isEmpty()) {
      return Optional.of("is not one of this operator's");
    }
    return known
        .filter(attribute -> opset < attribute.since() || opset > attribute.until())
        .map(attribute -> "is not one of this operator's in operator set " + opset);
  }

  /** The attributes of an operator set, as a message lists them. */
  String names(long opset) {
    List<String> names =
        attributes.stream()
            .filter(attribute -> opset >= attribute.since() && opset <= attribute.until())
            .map(Attribute::name)
            .toList();
    return names.isEmpty() ? "it has none" : "it has " + String.join(", ", names);
  }
}
