package dev.crease.formats.nnet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.BadInput;
import dev.crease.formats.source.ReadNetwork;
import dev.crease.formats.source.SourceFile;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class NnetReaderTest {

  public static final String IDENTITY_SCALE =
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
        "'0.75,'         | ''             | the file ends before bias 0 of layer 1",
        "'2,2,1,3,'      | '2,2,1,3,0,'   | line 3: here the header should have 4 numbers",
        "'2,3,1,'        | '2,3,1,1,'     | line 4: here the layer sizes should have 3",
        "'-1.0,-2.0,'    | '-1,0,-2,0,'   | line 6: here the least inputs should have 2",
        "'1.0,2.0,'      | '1,0,2,0,'     | line 7: here the greatest inputs should have 2",
        "'0.0,0.0,0.0,'  | '0,0,0,0,0,0,' | line 8: here the means",
        "'0.0,0.0,0.0,'  | '0,0,0,7,'     | line 9: there are 4 means and 3 ranges",
        "'1.0,1.0,1.0,'  | '1,1,1,7,'     | line 9: there are 3 means and 4 ranges",
        "'0.0,0.0,0.0,'  | '0'            | line 9: there are 1 means and 3 ranges",
        "'0.0,0.0,0.0,'  | '5'            | line 8: here the means",
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

  private static String oneLayer(
      int inputs, int outputs, String least, String means, String ranges) {
    String row = "1,".repeat(inputs) + "\n";
    return "1,%d,%d,%d\n%d,%d\n0\n%s\n%s\n%s\n%s\n"
            .formatted(
                inputs,
                outputs,
                Math.max(inputs, outputs),
                inputs,
                outputs,
                least,
                least,
                means,
                ranges)
        + row.repeat(outputs)
        + "0\n".repeat(outputs);
  }

  private static double[] valueAtOnes(String text, int inputs) {
    double[] x = new double[inputs];
    Arrays.fill(x, 1);
    return read(text).network().evaluate(x);
  }

  @Test
  void theLastMeanIsTheOutputsInTheHeaderOfTheOlderAcasXuFiles() {
    String text = oneLayer(1, 1, "-10", "0,5,100,", "1,2,10,");
    assertArrayEquals(new double[] {110}, valueAtOnes(text, 1));
    String note = read(text).notes().get(1);
    assertTrue(note.contains("the last is the outputs'") && note.contains("entry 1"), note);
    assertTrue(read(text).notes().get(0).contains("raw units"), read(text).notes().get(0));

    // Five inputs and five outputs, and a sixth and a seventh input that there are no more.
    String acas = oneLayer(5, 5, "0,0,0,0,0,0,0", "0,0,0,0,0,35,0,7", "1,1,1,1,1,100,6,2");
    assertArrayEquals(new double[] {17, 17, 17, 17, 17}, valueAtOnes(acas, 5));
    String withFiveBounds = oneLayer(5, 5, "0,0,0,0,0", "0,0,0,0,0,35,7", "1,1,1,1,1,100,2");
    assertArrayEquals(new double[] {17, 17, 17, 17, 17}, valueAtOnes(withFiveBounds, 5));
  }

  @Test
  void anEntryForEachOutputIsRefusedUnlessTheyAreAllTheSame() {
    String text = oneLayer(2, 2, "-1,-1", "0,0,3,7", "1,1,8,16");
    String message = refusal(text);
    assertTrue(message.contains("line 6") && message.contains("one for each output"), message);
    assertTrue(refusal(oneLayer(2, 2, "-1,-1", "0,0,7,7", "1,1,8,16")).contains("line 7"));
    assertArrayEquals(
        new double[] {23, 23}, valueAtOnes(oneLayer(2, 2, "-1,-1", "0,0,7,7", "1,1,8,8"), 2));
    // With bounds for the third quantity too, it is no output.
    assertArrayEquals(
        new double[] {39, 39}, valueAtOnes(oneLayer(2, 2, "-1,-1,-1", "0,0,3,7", "1,1,8,16"), 2));
    refusal(oneLayer(1, 4, "-1", "0,1,2,3,4", "1,1,1,1,1"));
  }

  @Test
  void decimalCommasAreRefusedEvenWhereTheyAddUp() {
    String message = refusal(oneLayer(2, 1, "-1,-1", "1,0,-2,0,3,0", "2.0,4.0,8.0"));
    assertTrue(message.contains("decimal comma"), message);
    refusal(oneLayer(1, 1, "-1", "1,5,2,5", "1,5,2,5"));
    refusal(oneLayer(3, 1, "-1,-1,-1", "1,5,0,0,2,5,0,0", "1,5,1,5,2,5,2,5"));
  }

  @Test
  void oneNumberStandsForNoNormalisation() {
    double[] three = {3};
    assertArrayEquals(three, valueAtOnes(oneLayer(3, 1, "0", "0", "0"), 3));
    assertArrayEquals(three, valueAtOnes(oneLayer(3, 1, "-1e10", "0", "1"), 3));
    assertArrayEquals(three, valueAtOnes(oneLayer(3, 1, "0,", "0,", "0,"), 3));
    // The number of layers alone as header.
    assertArrayEquals(three, valueAtOnes("1\n1,1\n0\n0\n0\n0\n0\n3.0\n0.0\n", 1));
    assertTrue(refusal(oneLayer(3, 1, "0", "0", "2")).contains("here the ranges"));
    assertTrue(refusal(oneLayer(3, 1, "0", "0,0,0,0", "1,1,1,1")).contains("the least inputs"));
  }

  @Test
  void aFlagOfWordsBlankLinesAndAByteOrderMarkAreFine() {
    String text = network("0.5,-3.0,7.0", "3.0,4.0,0.3");
    ReadNetwork plain = read(text);
    ReadNetwork words = read(text.replace("\n0,\n", "\nThis line means nothing\n"));
    assertEquals(plain.network(), words.network());
    assertTrue(words.notes().get(0).startsWith("line 5, 'This line means"), words.notes().get(0));
    ReadNetwork first = read(text.replace("// Two inputs", "Neural Network File Format"));
    assertEquals(plain.network(), first.network());
    assertTrue(first.notes().get(0).startsWith("line 1, 'Neural Network"), first.notes().get(0));
    assertEquals(plain, read(text.replace(",\n", ",\r\n\n")));
    assertEquals(plain, read("\uFEFF" + text));
  }

  @Test
  void textAfterTheEndIsRefused() {
    String message = refusal(IDENTITY_SCALE + "\n\n4.0,\n");
    assertTrue(message.contains("line 13: there is text after the last bias"), message);
  }
}
