package dev.crease.campaign;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.crease.BadInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * The lines of a campaign's file as JSON: {@link Header} and {@link Run} are what is in them. What
 * a line does not give is empty; what it gives wrong is refused. Names that are not known are
 * passed over.
 */
public final class RawLines {

  /** Stands for the name of a field in messages. */
  private static final String FIELD = "{field}";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(
              new SimpleModule()
                  .addSerializer(new NumberWriter())
                  .addSerializer(new WholeWriter())
                  .addSerializer(new FlagWriter())
                  .addDeserializer(String.class, new Text())
                  .addDeserializer(OptionalLong.class, new Whole())
                  .addDeserializer(OptionalDouble.class, new Number())
                  .addDeserializer(Optional.class, new Flag())
                  .addDeserializer(Outcome.class, new RequiredOutcome()))
          .build();

  private RawLines() {}

  /**
   * What every line says of itself.
   *
   * @param kind of line; empty if it does not say
   * @param version of the format, in headers
   */
  public record Kind(String kind, OptionalLong version) {}

  /**
   * The JSON of a line.
   *
   * @throws BadInput if it is none; the message begins with what is wrong
   */
  public static ObjectNode parse(String line) {
    try {
      if (JSON.readTree(line) instanceof ObjectNode object) {
        return object;
      }
      throw new BadInput("not a JSON object");
    } catch (JsonProcessingException e) {
      throw new BadInput("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * What a line says.
   *
   * @param type {@link Kind}, {@link Header} or {@link Run}
   * @throws BadInput if something is missing or of the wrong type; the message names it
   */
  public static <T> T read(ObjectNode line, Class<T> type) {
    try {
      return JSON.treeToValue(line, type);
    } catch (JsonProcessingException e) {
      throw new BadInput(message(e), e);
    }
  }

  private static String message(JsonProcessingException e) {
    String field = "";
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      field = String.valueOf(mapping.getPath().get(mapping.getPath().size() - 1).getFieldName());
    }
    return e instanceof Bad
        ? e.getOriginalMessage().replace(FIELD, "\"" + field + "\"")
        : "\"" + field + "\" must be an object";
  }

  /** A header or a run as the text of its line. */
  public static String write(Record line) {
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("plain values cannot fail to print", e);
    }
  }

  /** The same as a tree. */
  static ObjectNode tree(Record line) {
    return JSON.valueToTree(line);
  }

  /** A field that is refused. */
  private static final class Bad extends JsonMappingException {

    private static final long serialVersionUID = 1;

    Bad(JsonParser parser, String message) {
      super(parser, message);
    }
  }

  /** Reads one value that is there; {@code absent} stands for one that is not, or is null. */
  private abstract static class Reader<T> extends StdDeserializer<T> {

    private static final long serialVersionUID = 1;

    Reader(Class<?> type) {
      super(type);
    }

    abstract T absent(DeserializationContext context) throws JsonMappingException;

    abstract T value(JsonNode node, JsonParser parser) throws JsonMappingException;

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      return value(context.readTree(parser), parser);
    }

    @Override
    public T getNullValue(DeserializationContext context) throws JsonMappingException {
      return absent(context);
    }

    static Bad missing(DeserializationContext context) {
      return new Bad(context.getParser(), FIELD + " is missing");
    }

    static String scalar(JsonNode node, JsonParser parser) throws JsonMappingException {
      if (node.isContainerNode()) {
        throw new Bad(parser, FIELD + " must be a text");
      }
      return node.asText();
    }
  }

  /** A text or a number as text. */
  private static class Text extends Reader<String> {

    private static final long serialVersionUID = 1;

    Text() {
      super(String.class);
    }

    @Override
    String absent(DeserializationContext context) throws JsonMappingException {
      return "";
    }

    @Override
    String value(JsonNode node, JsonParser parser) throws JsonMappingException {
      return scalar(node, parser);
    }
  }

  /** The same where it must be there. */
  static final class RequiredText extends Text {

    private static final long serialVersionUID = 1;

    @Override
    String absent(DeserializationContext context) throws JsonMappingException {
      throw missing(context);
    }
  }

  /** A whole number from 0. */
  private static final class Whole extends Reader<OptionalLong> {

    private static final long serialVersionUID = 1;

    Whole() {
      super(OptionalLong.class);
    }

    @Override
    OptionalLong absent(DeserializationContext context) {
      return OptionalLong.empty();
    }

    @Override
    OptionalLong value(JsonNode node, JsonParser parser) throws JsonMappingException {
      if (!node.canConvertToLong() || !node.canConvertToExactIntegral()) {
        throw new Bad(parser, FIELD + " must be a whole number");
      }
      if (node.longValue() < 0) {
        throw new Bad(parser, FIELD + " must not be below 0");
      }
      return OptionalLong.of(node.longValue());
    }
  }

  /** A number; Jackson writes those that JSON has no way to write as texts. */
  private static class Number extends Reader<OptionalDouble> {

    private static final long serialVersionUID = 1;

    Number() {
      super(OptionalDouble.class);
    }

    @Override
    OptionalDouble absent(DeserializationContext context) {
      return OptionalDouble.empty();
    }

    @Override
    OptionalDouble value(JsonNode node, JsonParser parser) throws JsonMappingException {
      if (node.isNumber()) {
        return OptionalDouble.of(node.doubleValue());
      }
      return switch (node.asText()) {
        case "Infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
        case "-Infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
        case "NaN" -> OptionalDouble.empty();
        default -> throw new Bad(parser, FIELD + " must be a number");
      };
    }
  }

  /** A time. */
  static final class Seconds extends Number {

    private static final long serialVersionUID = 1;

    @Override
    OptionalDouble value(JsonNode node, JsonParser parser) throws JsonMappingException {
      OptionalDouble number = super.value(node, parser);
      if (number.isPresent()
          && !(number.getAsDouble() >= 0 && Double.isFinite(number.getAsDouble()))) {
        throw new Bad(parser, FIELD + " must be finite and not below 0");
      }
      return number;
    }
  }

  /** A time that must be there and take some. */
  static final class RequiredSeconds extends Reader<Double> {

    private static final long serialVersionUID = 1;

    private final Seconds seconds = new Seconds();

    RequiredSeconds() {
      super(Double.class);
    }

    @Override
    Double absent(DeserializationContext context) throws JsonMappingException {
      throw missing(context);
    }

    @Override
    Double value(JsonNode node, JsonParser parser) throws JsonMappingException {
      OptionalDouble number = seconds.value(node, parser);
      if (!(number.orElse(0) > 0)) {
        throw new Bad(parser, FIELD + " must be above 0");
      }
      return number.getAsDouble();
    }
  }

  private static final class Flag extends Reader<Optional<Boolean>> {

    private static final long serialVersionUID = 1;

    Flag() {
      super(Optional.class);
    }

    @Override
    Optional<Boolean> absent(DeserializationContext context) {
      return Optional.empty();
    }

    @Override
    Optional<Boolean> value(JsonNode node, JsonParser parser) throws JsonMappingException {
      return Optional.of(scalar(node, parser).equals("true"));
    }
  }

  private static final class RequiredOutcome extends Reader<Outcome> {

    private static final long serialVersionUID = 1;

    RequiredOutcome() {
      super(Outcome.class);
    }

    @Override
    Outcome absent(DeserializationContext context) throws JsonMappingException {
      throw missing(context);
    }

    @Override
    Outcome value(JsonNode node, JsonParser parser) throws JsonMappingException {
      String text = scalar(node, parser);
      return Arrays.stream(Outcome.values())
          .filter(outcome -> outcome.name().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new Bad(
                      parser,
                      "the outcome \""
                          + text
                          + "\" is unknown; one of "
                          + List.of(Outcome.values())));
    }
  }

  /** Writes one value that is there. */
  private abstract static class Writer<T> extends StdSerializer<T> {

    private static final long serialVersionUID = 1;

    private final transient Predicate<T> isEmpty;

    Writer(Class<T> type, Predicate<T> isEmpty) {
      super(type);
      this.isEmpty = isEmpty;
    }

    @Override
    public boolean isEmpty(SerializerProvider provider, T value) {
      return isEmpty.test(value);
    }
  }

  private static final class NumberWriter extends Writer<OptionalDouble> {

    private static final long serialVersionUID = 1;

    NumberWriter() {
      super(OptionalDouble.class, OptionalDouble::isEmpty);
    }

    @Override
    public void serialize(OptionalDouble value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeNumber(value.orElseThrow());
    }
  }

  private static final class WholeWriter extends Writer<OptionalLong> {

    private static final long serialVersionUID = 1;

    WholeWriter() {
      super(OptionalLong.class, OptionalLong::isEmpty);
    }

    @Override
    public void serialize(OptionalLong value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeNumber(value.orElseThrow());
    }
  }

  @SuppressWarnings("rawtypes")
  private static final class FlagWriter extends Writer<Optional> {

    private static final long serialVersionUID = 1;

    FlagWriter() {
      super(Optional.class, Optional::isEmpty);
    }

    @Override
    public void serialize(Optional value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeBoolean((Boolean) value.get());
    }
  }
}
