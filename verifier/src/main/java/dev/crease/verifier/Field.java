package dev.crease.verifier;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crease.BadInput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;

/** A value of the file, and where it is. */
record Field(String path, JsonNode node) {
  private static final int MOST_DIGITS = 10_000;
  private static final int MOST_LETTERS = 200;
  private static final int MOST_ITEMS = 200_000;
  private static final int RADIX = 36;
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+([./][0-9]+)?");
  private static final Pattern INTEGER = Pattern.compile("-?[0-9a-z]+");

  BadInput bad(String what) {
    return new BadInput("certificate: " + (path.isEmpty() ? "the whole" : path) + " " + what);
  }

  private Field child(String name, JsonNode child) {
    return new Field(path.isEmpty() ? name : path + "." + name, child);
  }

  /** Requires an object of these fields and no others. */
  void has(Set<String> required, Set<String> optional) {
    if (!node.isObject()) {
      throw bad("is not an object");
    }
    for (String name : new TreeSet<>(required)) {
      get(name);
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!required.contains(name) && !optional.contains(name)) {
                throw bad("has a field that is not known: " + brief(name));
              }
            });
  }

  Field get(String name) {
    return find(name).orElseThrow(() -> bad("has no field " + name));
  }

  Optional<Field> find(String name) {
    return Optional.ofNullable(node.get(name)).map(value -> child(name, value));
  }

  <T> List<T> list(Function<Field, T> read) {
    if (!node.isArray() || node.size() > MOST_ITEMS) {
      throw bad("is not a list of at most " + MOST_ITEMS + " items");
    }
    List<T> items = new ArrayList<>(node.size());
    IntStream.range(0, node.size())
        .forEach(i -> items.add(read.apply(new Field(path + "[" + i + "]", node.get(i)))));
    return items;
  }

  /** An object whose field names are indices. */
  <T> Map<Integer, T> map(Function<Field, T> read) {
    if (!node.isObject()) {
      throw bad("is not an object");
    }
    Map<Integer, T> items = new TreeMap<>();
    node.fields()
        .forEachRemaining(
            entry -> {
              if (!entry.getKey().matches("0|[1-9][0-9]{0,5}")) {
                throw bad("has a field that is not an index: " + brief(entry.getKey()));
              }
              items.put(
                  Integer.valueOf(entry.getKey()),
                  read.apply(child(entry.getKey(), entry.getValue())));
            });
    return items;
  }

  private String digits() {
    if (!node.isTextual()) {
      throw bad("is not a text");
    }
    return node.textValue();
  }

  String text() {
    if (digits().length() > MOST_LETTERS) {
      throw bad("has more than " + MOST_LETTERS + " letters");
    }
    return oneLine(digits());
  }

  String word(Set<String> words) {
    if (!words.contains(text())) {
      throw bad("is " + brief(text()) + ", not one of " + new TreeSet<>(words));
    }
    return text();
  }

  boolean flag() {
    if (!node.isBoolean()) {
      throw bad("is not true or false");
    }
    return node.booleanValue();
  }

  int integer() {
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw bad("is not an integer of 32 bits");
    }
    return node.intValue();
  }

  BigInteger integer36() {
    if (digits().length() > MOST_DIGITS || !INTEGER.matcher(digits()).matches()) {
      throw bad("is not an integer of base 36 and at most " + MOST_DIGITS + " digits");
    }
    return new BigInteger(digits(), RADIX);
  }

  BigFraction rational() {
    String text = digits();
    if (!NUMBER.matcher(text).matches()) {
      throw bad("is " + brief(text) + ", not a number like 1.25 or 5/4");
    }
    int slash = text.indexOf('/');
    if (Math.max(slash, text.length() - slash - 1) > MOST_DIGITS) {
      throw bad("has more than " + MOST_DIGITS + " digits");
    }
    if (slash < 0) {
      BigDecimal decimal = new BigDecimal(text);
      return new BigFraction(
          decimal.unscaledValue(), BigInteger.TEN.pow(Math.max(0, decimal.scale())));
    }
    BigInteger denominator = new BigInteger(text.substring(slash + 1));
    if (denominator.signum() == 0) {
      throw bad("has the denominator 0");
    }
    return new BigFraction(new BigInteger(text.substring(0, slash)), denominator);
  }

  double exactDouble() {
    double value = Numbers.nearest(rational());
    if (!Numbers.isExactly(value, rational())) {
      throw bad("is " + brief(digits()) + ", which is not exactly representable as a double");
    }
    return value;
  }

  private static String brief(String text) {
    return oneLine(text.length() > 40 ? text.substring(0, 40) + "..." : text);
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", " ");
  }
}
