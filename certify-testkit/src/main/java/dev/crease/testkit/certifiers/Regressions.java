package dev.crease.testkit.certifiers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crease.bounds.Norm;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Questions that some engine once answered wrongly, a file each, named by what went wrong; with the
 * true radius. A new one is a new file in {@code regressions} beside this class.
 */
final class Regressions {

  private static final String FOLDER = "regressions";

  private Regressions() {}

  /**
   * A question of a file.
   *
   * @param name of the file, and which of its questions
   * @param query the question
   * @param truth the radius; infinite where nothing collides as far as is asked
   */
  record Regression(String name, Query query, double truth) {}

  /** All of them, by name. */
  static List<Regression> all() {
    URL folder = Objects.requireNonNull(Regressions.class.getResource(FOLDER));
    try {
      URI uri = folder.toURI();
      if (!uri.getScheme().equals("jar")) {
        return in(Path.of(uri));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return in(jar.provider().getPath(uri));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Regression> in(Path folder) throws IOException {
    List<Regression> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          read(file.getFileName().toString(), new ObjectMapper().readTree(in), all);
        }
      }
    }
    return all;
  }

  private static void read(String name, JsonNode file, List<Regression> all) {
    ReluNetwork f = network("f", file.required("f"));
    for (JsonNode ask : file.required("asks")) {
      String problem = ask.required("problem").asText();
      Norm norm = Norm.choices().named(ask.required("norm").asText());
      double[] center = numbers(ask.required("center"));
      Query query =
          switch (problem) {
            case "local" -> Query.local(f, norm, center);
            case "pseudo" -> Query.pseudo(f, norm, center);
            case "transformation" ->
                Query.transformation(f, network("g", file.required("g")), norm, center);
            default -> throw new IllegalArgumentException(name + ": problem " + problem);
          };
      double most = ask.required("maxRadius").asDouble();
      JsonNode truth = ask.required("truth");
      all.add(
          new Regression(
              name.replace(".json", "") + " " + problem + " " + norm + " up to " + most,
              query.upTo(most),
              truth.isNull() ? Double.POSITIVE_INFINITY : truth.asDouble()));
    }
  }

  private static ReluNetwork network(String name, JsonNode layers) {
    List<Layer> all = new ArrayList<>();
    for (JsonNode layer : layers) {
      JsonNode rows = layer.required("weights");
      double[][] weights = new double[rows.size()][];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = numbers(rows.get(i));
      }
      double[] bias = numbers(layer.required("bias"));
      all.add(
          layer.required("relu").asBoolean()
              ? Layer.relu(Matrix.of(weights), bias)
              : Layer.linear(Matrix.of(weights), bias));
    }
    return ReluNetwork.of(name, all);
  }

  private static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).asDouble();
    }
    return numbers;
  }
}
