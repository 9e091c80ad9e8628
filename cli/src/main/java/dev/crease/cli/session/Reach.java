package dev.crease.cli.session;

import dev.crease.cli.output.Numbers;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how far to look: a number, or {@code inf} for the whole space. */
public final class Reach implements ITypeConverter<Double> {

  /** The word for the whole space. */
  static final String INF = "inf";

  /** A reader. */
  public Reach() {}

  @Override
  public Double convert(String text) {
    if (text.strip().equals(INF)) {
      return Double.POSITIVE_INFINITY;
    }
    double value;
    try {
      value = Numbers.parse(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not a number");
    }
    if (Double.isInfinite(value)) {
      throw new TypeConversionException("'" + text + "' is too large; the whole space is inf");
    }
    return value;
  }
}
