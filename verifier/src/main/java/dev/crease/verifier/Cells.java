package dev.crease.verifier;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.crease.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The steps of a certificate of the whole space, read one by one: {@code []} is a cell, {@code [k]}
 * splits on ReLU k, and {@code [k, phase, own, split, factor, ...]} says that one phase of it is
 * impossible; {@link WholeSpaceCheck} has the meaning.
 */
final class Cells {

  private static final int MOST_DIGITS = 10_000;
  private static final int RADIX = 36;
  private static final Pattern NATURAL = Pattern.compile("[0-9a-z]+");

  private final JsonParser json;
  private long read;

  /**
   * Steps that are still to be read.
   *
   * @param json before the list of them
   */
  Cells(JsonParser json) throws IOException {
    this.json = json;
    if (json.nextToken() != JsonToken.START_ARRAY) {
      throw new BadInput("certificate: lower.cells is not a list");
    }
  }

  /** A step. */
  sealed interface Step {}

  /** A linear region. */
  record Cell() implements Step {}

  /** Two subtrees follow: first that of the active phase. */
  record Split(int neuron) implements Step {}

  /** The subtree of one phase follows; the other is impossible. */
  record Implied(int neuron, boolean isActive, BigInteger own, List<Multiplier> multipliers)
      implements Step {}

  /** How often a split of the path is taken. */
  record Multiplier(int split, BigInteger factor) {}

  /** Where the step is that was read last. */
  String place() {
    return "lower.cells[" + (read - 1) + "]";
  }

  /** Reads the next step. */
  Step next() {
    try {
      read++;
      if (json.nextToken() != JsonToken.START_ARRAY) {
        throw bad("is not a list: steps are missing, or one is no list");
      }
      if (json.nextToken() == JsonToken.END_ARRAY) {
        return new Cell();
      }
      int neuron = index();
      if (json.nextToken() == JsonToken.END_ARRAY) {
        return new Split(neuron);
      }
      int phase = index();
      if (phase > 1) {
        throw bad("has a phase that is neither 0 nor 1");
      }
      json.nextToken();
      BigInteger own = natural();
      List<Multiplier> multipliers = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        int split = index();
        json.nextToken();
        multipliers.add(new Multiplier(split, natural()));
      }
      return new Implied(neuron, phase == 1, own, multipliers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Requires that nothing is left. */
  void end() {
    try {
      read++;
      if (json.nextToken() != JsonToken.END_ARRAY) {
        throw bad("is one step too many: the tree is complete before it");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int index() throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw bad("has something else where an index is to be");
    }
    int index;
    try {
      index = json.getIntValue();
    } catch (IOException e) {
      throw bad("has an index that is not of 32 bits");
    }
    if (index < 0) {
      throw bad("has a negative index");
    }
    return index;
  }

  private BigInteger natural() throws IOException {
    String text = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "";
    if (text.length() > MOST_DIGITS || !NATURAL.matcher(text).matches()) {
      throw bad(
          "has something else where an integer of base 36, not negative and of at most "
              + MOST_DIGITS
              + " digits, is to be");
    }
    return new BigInteger(text, RADIX);
  }

  private BadInput bad(String what) {
    return new BadInput("certificate: " + place() + " " + what);
  }
}
