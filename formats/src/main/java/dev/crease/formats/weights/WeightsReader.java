package dev.crease.formats.weights;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.crease.BadInput;
import dev.crease.formats.source.ReadNetwork;
import dev.crease.formats.source.SourceFile;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Reads plain weights: {@code {"layers": [{"weights": [[...], ...], "bias": [...], "activation":
 * "relu"}, ...]}}. A row of {@code weights} is a neuron; {@code activation} is {@code relu} or
 * {@code linear}. Each entry of {@code layers} becomes one layer. Other keys beside {@code layers}
 * are left to the user.
 */
public final class WeightsReader {

  private static final Set<String> KEYS = Set.of("weights", "bias", "activation");

  private final SourceFile file;

  /** A reader of one file. */
  public WeightsReader(SourceFile file) {
    this.file = file;
  }

  /**
   * The network in the content of a file.
   *
   * @throws dev.crease.BadInput if it is not as the format says
   */
  public ReadNetwork read(byte[] content) {
    JsonNode list = parse(content).path("layers");
    if (!list.isArray() || list.isEmpty()) {
      throw file.bad(
          "there is no list 'layers' with at least one layer; plain weights are {\"layers\":"
              + " [{\"weights\": [[...]], \"bias\": [...], \"activation\": \"relu\"}]}");
    }
    List<Layer> layers = new ArrayList<>(list.size());
    int width = -1;
    for (int k = 0; k < list.size(); k++) {
      Layer layer = layer(k, list.get(k), width);
      layers.add(layer);
      width = layer.outputs();
    }
    return new ReadNetwork(ReluNetwork.of(file.networkName(), layers), List.of());
  }

  private JsonNode parse(byte[] content) {
    ObjectMapper mapper =
        JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    try {
      return mapper.readTree(content);
    } catch (JsonProcessingException e) {
      JsonLocation location = e.getLocation();
      String where =
          location == null
              ? ""
              : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
      throw new BadInput(
          file.bad(where + "this is not valid JSON; check brackets, commas and numbers here")
              .getMessage(),
          e);
    } catch (IOException e) {
      throw new BadInput(file.bad("this is not valid JSON; write the file again").getMessage(), e);
    }
  }

  private Layer layer(int k, JsonNode node, int inputs) {
    if (!node.isObject()) {
      throw bad(k, "it is not an object; give the keys weights, bias and activation");
    }
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!KEYS.contains(name)) {
        throw bad(
            k, SourceFile.quoted(name) + " is not a key; they are weights, bias and activation");
      }
    }
    Matrix weights = weights(k, node.path("weights"), inputs);
    double[] bias = numbers(k, "bias", node.path("bias"));
    if (bias.length != weights.rows()) {
      throw bad(
          k,
          "there are "
              + weights.rows()
              + " rows of weights and "
              + bias.length
              + " biases; give one bias for each row");
    }
    JsonNode activation = node.path("activation");
    return switch (activation.asText("")) {
      case "relu" -> Layer.relu(weights, bias);
      case "linear" -> Layer.linear(weights, bias);
      default ->
          throw bad(
              k,
              activation.isTextual()
                  ? "the activation "
                      + SourceFile.quoted(activation.asText())
                      + " is not known; it is \"relu\" or \"linear\""
                  : "there is no 'activation'; give \"relu\" or \"linear\"");
    };
  }

  private Matrix weights(int k, JsonNode node, int inputs) {
    if (!node.isArray() || node.isEmpty()) {
      throw bad(k, "there is no 'weights' with at least one row; give one row for each neuron");
    }
    double[][] rows = new double[node.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = numbers(k, "row " + i + " of weights", node.get(i));
      if (rows[i].length == 0) {
        throw bad(k, "row " + i + " of weights is empty; give one weight for each input");
      }
      if (inputs >= 0 && rows[i].length != inputs) {
        throw bad(
            k,
            "row "
                + i
                + " of weights has "
                + rows[i].length
                + " entries, and the layer before has "
                + inputs
                + " neurons; give one weight for each of them");
      }
      if (rows[i].length != rows[0].length) {
        throw bad(
            k,
            "row "
                + i
                + " of weights has "
                + rows[i].length
                + " entries and row 0 has "
                + rows[0].length
                + "; give all rows the same length");
      }
    }
    return Matrix.of(rows);
  }

  private double[] numbers(int k, String what, JsonNode node) {
    if (!node.isArray()) {
      throw bad(k, what + " is not a list of numbers; write it as [1.0, 2.0]");
    }
    double[] values = new double[node.size()];
    for (int j = 0; j < values.length; j++) {
      JsonNode entry = node.get(j);
      if (!entry.isNumber()) {
        throw bad(k, "entry " + j + " of " + what + " is not a number; write it as 1.0");
      }
      values[j] = entry.doubleValue();
      if (!Double.isFinite(values[j])) {
        throw bad(k, "entry " + j + " of " + what + " is too large for a double; rescale it");
      }
    }
    return values;
  }

  private BadInput bad(int k, String message) {
    return file.bad("layer " + k + ": " + message);
  }
}
