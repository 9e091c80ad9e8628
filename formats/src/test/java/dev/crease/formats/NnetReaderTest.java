package dev.crease.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.BadInput;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NnetReaderTest {

  static final String IDENTITY_SCALE =
      """
      // one layer
      1,1,1,1,
      1,1,
      0,
      -1.0,
      1.0,
      0.0,0.0,
      1.0,1.0,
      2.5,
      -1.0,
      """;

  private static final String NETWORK =
      """
      // Two inputs, three hidden neurons, one output.
      // means and ranges at lines 8 and 9
      2,2,1,3,
      2,3,1,
      0,
      -1.0,-2.0,
      1.0,2.0,
      MEANS
      RANGES
      1.0,2.0,
      -1.5,0.25,
      0.1,-0.0,
      0.5,
      -0.5,
      1e-3,
      1.0,-2.0,3.0,
      0.75,
      """;

  private static final Layer HIDDEN =
      Layer.relu(Matrix.of(new double[][] {{1, 2}, {-1.5, 0.25}, {0.1, -0.0}}), 0.5, -0.5, 1e-3);
  private static final Layer LAST = Layer.linear(Matrix.of(new double[][] {{1, -2, 3}}), 0.75);

  private static String network(String means, String ranges) {
    return NETWORK.replace("MEANS", means).replace("RANGES", ranges);
  }

  private static ReadNetwork read(String text) {
    return new NnetReader(new SourceFile("dir/acas.nnet", "acas"))
        .read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(String text) {
    String message = assertThrows(BadInput.class, () -> read(text)).getMessage();
    assertTrue(message.startsWith("dir/acas.nnet: "), message);
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.contains("; "), "no remedy in: " + message);
    return message;
  }

  @Test
  void identityNormalisationAddsNoLayer() {
    ReadNetwork read = read(network("0.0,0.0,0.0,", "1.0,1.0,1.0,"));
    assertEquals(List.of(HIDDEN, LAST), read.network().layers());
    assertEquals("acas", read.network().name());
    assertEquals(1, read.notes().size());
    assertTrue(read.notes().get(0).contains("not clipped"), read.notes().get(0));
  }

  @Test
  void normalisationIsLayersOfItsOwn() {
    ReadNetwork read = read(network("0.3,-3.0,7.0", "3.0,4.0,0.3"));
    assertEquals(
        List.of(
            // Division by 4 rounds nothing, so the second input needs no second layer.
            Layer.linear(Matrix.of(new double[][] {{1, 0}, {0, 0.25}}), -0.3, 0.75),
            Layer.linear(Matrix.of(new double[][] {{1.0 / 3, 0}, {0, 1}}), 0, 0),
            HIDDEN,
            LAST,
            Layer.linear(Matrix.of(new double[][] {{0.3}}), 7)),
        read.network().layers());
    assertTrue(read.notes().get(1).contains("1 of 2 inputs"), read.notes().get(1));

    double[] x = {0.9, -1.1};
    double[] normalised = {(x[0] - 0.3) / 3, (x[1] + 3) / 4};
    double[] hidden = HIDDEN.preActivations(normalised);
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = Math.max(0, hidden[i]);
    }
    double expected = LAST.preActivations(hidden)[0] * 0.3 + 7;
    assertArrayEquals(new double[] {expected}, read.network().evaluate(x), 1e-14);
  }

  @Test
  void carriageReturnsAndMissingTrailingCommasAreFine() {
    String text = network("0,0,0", "1,1,1").replace(",\n", "\n").replace("\n", "\r\n");
    assertEquals(List.of(HIDDEN, LAST), read(text).network().layers());
  }

  @Test
  void readingTwiceGivesEqualNetworks() {
    String text = network("0.5,-3.0,7.0", "3.0,4.0,0.3");
    assertEquals(read(text), read(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'2,2,1,3,'      | 'two,2,1,3,'   | line 3: 'two' is not a number",
        "'2,2,1,3,'      | '2,2'          | line 3: here the header should have 4 numbers",
        "'2,2,1,3,'      | '2.5,2,1,3,'   | line 3: the number of layers",
        "'2,2,1,3,'      | '2,-2,1,3,'    | line 3: the number of inputs",
        "'2,3,1,'        | '2,3,2,'       | line 4: the layer sizes begin with 2 and end with 2",
        "'2,3,1,'        | '2,999999999,1,' | line 4: the size of layer 1",
        "'-1.0,-2.0,'    | '-1.0,'        | line 6: here the least inputs should have 2",
        "'0.0,0.0,0.0,'  | '0.0,0.0,'     | line 8: here the means",
        "'1.0,1.0,1.0,'  | '1.0,0,1.0,'   | line 9: a range is 0",
        "'1.0,1.0,1.0,'  | '1.0,4e-324,1.0,' | line 9: the range of input 1 is too small",
        "'-1.5,0.25,'    | '-1.5,0.25,3,' | 'line 11: here row 1 of the weights of layer 0'",
        "'-1.5,0.25,'    | '-1.5,NaN,'    | line 11: 'NaN' is not a finite number",
        "'-1.5,0.25,'    | '-1.5,,'       | line 11: here row 1",
        "'-1.5,0.25,'    | ',0.25,'       | line 11: '' is not a number",
        "'1e-3,'         | '1e-3,4,'      | line 15: here bias 2 of layer 0",
        "'1e-3,'         | '1e999,'       | line 15: '1e999' is not a finite number",
        "'0.75,'         | ''             | line 17: here bias 0 of layer 1",
      },
      quoteCharacter = '"')
  void errorsNameTheLine(String original, String replacement, String expected) {
    String text =
        network("0.0,0.0,0.0,", "1.0,1.0,1.0,")
            .replace("\n" + unquoted(original) + "\n", "\n" + unquoted(replacement) + "\n");
    String message = refusal(text);
    assertTrue(message.contains(unquotedEnds(expected)), message);
  }

  private static String unquoted(String text) {
    return text.substring(1, text.length() - 1);
  }

  private static String unquotedEnds(String text) {
    return text.startsWith("'") ? unquoted(text) : text;
  }

  @Test
  void everyTruncationByLinesIsRefused() {
    List<String> lines = network("0,0,0", "1,1,1").lines().toList();
    for (int k = 0; k < lines.size(); k++) {
      String message = refusal(String.join("\n", lines.subList(0, k)) + "\n");
      assertTrue(message.contains("the file ends before") || k == 0, message);
    }
  }

  @Test
  void textAfterTheEndIsRefused() {
    String message = refusal(IDENTITY_SCALE + "\n\n4.0,\n");
    assertTrue(message.contains("line 13: there is text after the last bias"), message);
  }
}
