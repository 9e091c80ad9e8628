package dev.crease.formats.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a node of one operator may have, by operator set: so many inputs and outputs, and these
 * attributes. A node with anything else is another operator than the one that is read, or a slip of
 * whoever wrote it.
 *
 * @param first the first operator set that has the operator
 * @param last the last
 * @param inputs the most inputs, one entry for each time that they became more
 * @param mostOutputs the most outputs
 * @param attributes the attributes that there are, or were
 */
record Signature(
    int first, int last, List<Inputs> inputs, int mostOutputs, List<Attribute> attributes) {

  private static final int ALWAYS = Integer.MAX_VALUE;

  /**
   * An attribute.
   *
   * @param since the first operator set that has it
   * @param until the last
   */
  record Attribute(String name, int since, int until) {

    boolean isIn(long opset) {
      return opset >= since && opset <= until;
    }
  }

  /** The most inputs, from an operator set on. */
  record Inputs(int since, int most) {}

  /** A signature without attributes. */
  static Signature of(int mostInputs, int mostOutputs) {
    return new Signature(1, ALWAYS, List.of(new Inputs(1, mostInputs)), mostOutputs, List.of());
  }

  /** Of an operator that came with an operator set. */
  Signature from(int opset) {
    return new Signature(opset, last, inputs, mostOutputs, attributes);
  }

  /** Of an operator that an operator set has as the last one. */
  Signature upTo(int opset) {
    return new Signature(first, opset, inputs, mostOutputs, attributes);
  }

  /** With more inputs from an operator set on. */
  Signature inputsSince(int opset, int most) {
    return new Signature(
        first,
        last,
        Stream.concat(inputs.stream(), Stream.of(new Inputs(opset, most))).toList(),
        mostOutputs,
        attributes);
  }

  /** With another number of outputs. */
  Signature withOutputs(int most) {
    return new Signature(first, last, inputs, most, attributes);
  }

  /** With attributes that all operator sets have. */
  Signature with(String... names) {
    Signature more = this;
    for (String name : names) {
      more = more.with(name, 1, ALWAYS);
    }
    return more;
  }

  /** With attributes that came with an operator set. */
  Signature since(int opset, String... names) {
    Signature more = this;
    for (String name : names) {
      more = more.with(name, opset, ALWAYS);
    }
    return more;
  }

  /** With attributes that an operator set has as the last one. */
  Signature until(int opset, String... names) {
    Signature more = this;
    for (String name : names) {
      more = more.with(name, 1, opset);
    }
    return more;
  }

  private Signature with(String name, int since, int until) {
    Attribute[] more = Arrays.copyOf(attributes.toArray(Attribute[]::new), attributes.size() + 1);
    more[attributes.size()] = new Attribute(name, since, until);
    return new Signature(first, last, inputs, mostOutputs, List.of(more));
  }

  /** Whether an operator set has the operator. */
  boolean isIn(long opset) {
    return opset >= first && opset <= last;
  }

  /** The most inputs in an operator set. */
  int mostInputs(long opset) {
    return inputs.stream()
        .filter(entry -> entry.since() <= opset)
        .mapToInt(Inputs::most)
        .max()
        .orElse(0);
  }

  /** What is wrong with an attribute in an operator set, if anything. */
  Optional<String> objection(String name, long opset) {
    List<Attribute> known =
        attributes.stream().filter(attribute -> attribute.name().equals(name)).toList();
    if (known.isEmpty()) {
      return Optional.of("is not one of this operator's");
    }
    return known.stream().anyMatch(attribute -> attribute.isIn(opset))
        ? Optional.empty()
        : Optional.of("is not one of this operator's in operator set " + opset);
  }

  /** The attributes of an operator set, as a message lists them. */
  String names(long opset) {
    List<String> names =
        attributes.stream()
            .filter(attribute -> attribute.isIn(opset))
            .map(Attribute::name)
            .toList();
    return names.isEmpty() ? "it has none" : "it has " + String.join(", ", names);
  }
}
