package dev.crease.campaign.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crease.BadInput;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The fields of one JSON object, and the line that an error names. */
record Fields(JsonNode object, int line) {

  /** A text or a number as text; empty if absent. */
  String text(String name) {
    return value(name).map(value -> scalar(name, value)).orElse("");
  }

  String required(String name) {
    return value(name).map(value -> scalar(name, value)).orElseThrow(() -> missing(name));
  }

  private String scalar(String name, JsonNode value) {
    if (value.isContainerNode()) {
      throw bad("\"" + name + "\" must be a text");
    }
    return value.asText();
  }

  OptionalLong whole(String name) {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!value.get().canConvertToLong() || !value.get().canConvertToExactIntegral()) {
      throw bad("\"" + name + "\" must be a whole number");
    }
    if (value.get().longValue() < 0) {
      throw bad("\"" + name + "\" must not be below 0");
    }
    return OptionalLong.of(value.get().longValue());
  }

  /** A number; Jackson writes those that JSON has no way to write as texts. */
  OptionalDouble number(String name) {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (value.get().isNumber()) {
      return OptionalDouble.of(value.get().doubleValue());
    }
    return switch (value.get().asText()) {
      case "Infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
      case "-Infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
      case "NaN" -> OptionalDouble.empty();
      default -> throw bad("\"" + name + "\" must be a number");
    };
  }

  /** A time in seconds. */
  OptionalDouble seconds(String name) {
    OptionalDouble number = number(name);
    if (number.isPresent()
        && !(number.getAsDouble() >= 0 && Double.isFinite(number.getAsDouble()))) {
      throw bad("\"" + name + "\" must be finite and not below 0");
    }
    return number;
  }

  /** An object; one without fields if absent. */
  Fields within(String name) {
    JsonNode value = object.path(name);
    if (!value.isMissingNode() && !value.isNull() && !value.isObject()) {
      throw bad("\"" + name + "\" must be an object");
    }
    return new Fields(value, line);
  }

  BadInput missing(String name) {
    return bad("\"" + name + "\" is missing");
  }

  BadInput bad(String what) {
    return new BadInput("line " + line + " of the campaign: " + what);
  }

  private Optional<JsonNode> value(String name) {
    JsonNode value = object.path(name);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
  }
}
