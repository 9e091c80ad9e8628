package dev.crease.cli.question;

import dev.crease.cli.output.Numbers;
import dev.crease.formats.source.ReadNetwork;
import dev.crease.formats.source.SourceNode;
import dev.crease.formats.source.SourceOperator;
import dev.crease.network.Layer;
import dev.crease.network.ReluNetwork;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a network file holds, in words. */
final class InfoText {

  private InfoText() {}

  static void print(PrintWriter out, InfoCommand.Info info) {
    ReadNetwork read = info.read();
    ReluNetwork f = read.network();
    out.println(f.name() + ": " + f.shape());
    out.println("  inputs " + f.inputs() + ", outputs " + f.outputs() + ", ReLUs " + f.reluCount());
    out.println("  network hash " + info.hash());
    if (!read.operators().isEmpty()) {
      out.println("  operators " + operators(read.operators()));
    }
    for (int k = 0; k < f.layers().size(); k++) {
      Layer layer = f.layers().get(k);
      String sources = read.sources().isEmpty() ? "" : sources(read.sources().get(k));
      out.println(
          "  layer " + layer.inputs() + " -> " + layer.outputs() + activation(layer) + sources);
    }
    long weights = info.weights();
    out.println(
        String.format(
            Locale.ROOT,
            "  weights %d, %.1f %% of them zero",
            weights,
            weights == 0 ? 0 : 100.0 * (weights - info.nonZeros()) / weights));
    info.trained()
        .ifPresent(
            s ->
                out.println(
                    "  trained on "
                        + DomainArgument.of(s.ranges()).box()
                        + ", says "
                        + s.file().getFileName()));
    info.slow().forEach(line -> out.println("  slow: " + line));
    read.notes().forEach(note -> out.println("  note: " + note));
    info.value()
        .ifPresent(
            value -> {
              out.println("  f" + Numbers.point(value.at()) + " = " + Numbers.point(value.y()));
              out.println("  active ReLUs " + value.active() + " of " + f.reluCount());
            });
  }

  /** What the file is made of, such as {@code Conv 2, Relu 2 (120 ReLUs), Flatten}. */
  private static String operators(List<SourceOperator> operators) {
    return operators.stream()
        .map(operator -> counted(operator.name(), operator.nodes(), operator.relus()))
        .collect(Collectors.joining(", "));
  }

  /** What a layer is made from, such as {@code : Conv, MaxPool (4 ReLUs)}. */
  private static String sources(List<SourceNode> nodes) {
    Map<String, List<SourceNode>> byOperator =
        nodes.stream()
            .collect(
                Collectors.groupingBy(
                    SourceNode::operator, LinkedHashMap::new, Collectors.toList()));
    // How many ReLUs are whose is of interest only where there are several kinds.
    boolean isMixed = byOperator.values().stream().filter(of -> relus(of) > 0).count() > 1;
    String text =
        byOperator.entrySet().stream()
            .map(e -> counted(e.getKey(), e.getValue().size(), isMixed ? relus(e.getValue()) : 0))
            .collect(Collectors.joining(", "));
    return text.isEmpty() ? "" : ": " + text;
  }

  private static int relus(List<SourceNode> nodes) {
    return nodes.stream().mapToInt(SourceNode::relus).sum();
  }

  private static String counted(String name, int nodes, int relus) {
    return name
        + (nodes > 1 ? " " + nodes : "")
        + (relus == 0 ? "" : relus == 1 ? " (1 ReLU)" : " (" + relus + " ReLUs)");
  }

  private static String activation(Layer layer) {
    if (layer.reluCount() == 0) {
      return ", linear";
    }
    return layer.reluCount() == layer.outputs()
        ? ", ReLU"
        : ", ReLU on " + layer.reluCount() + " of " + layer.outputs();
  }
}
