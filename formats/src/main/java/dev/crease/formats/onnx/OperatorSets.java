package dev.crease.formats.onnx;

import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import dev.crease.formats.source.SourceFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which versions of which operator sets the nodes of a model, or of one of its functions, are of.
 *
 * @param versions by domain, ONNX's own first name for its own
 */
record OperatorSets(Map<String, Long> versions) {

  /** The oldest that is read. */
  static final int OLDEST = 6;

  /** The newest that is known; of newer ones what is known is read. */
  static final int NEWEST = 28;

  OperatorSets {
    versions = Map.copyOf(versions);
  }

  /**
   * The operator sets that a model imports, the standard one among them.
   *
   * @throws dev.crease.BadInput if the standard one is missing
   * @throws dev.crease.Unsupported if it is too old
   */
  static OperatorSets ofModel(
      SourceFile file, List<OperatorSetIdProto> imports, List<String> notes) {
    OperatorSets sets = new OperatorSets(Map.of()).with(file, imports);
    if (!sets.versions.containsKey(GraphNode.STANDARD)) {
      throw file.bad(
          "the model names no ONNX operator set; it is cut short or damaged, copy or export it"
              + " again");
    }
    long version = sets.versions.get(GraphNode.STANDARD);
    if (version > NEWEST) {
      notes.add(
          "operator set "
              + version
              + " is newer than "
              + NEWEST
              + ", the newest that is known: its operators are read as they are there");
    }
    return sets;
  }

  /** The standard operator set of a version. */
  static OperatorSets standard(long version) {
    return new OperatorSets(Map.of(GraphNode.STANDARD, version));
  }

  /** These, and in their place those that a function imports. */
  OperatorSets with(SourceFile file, List<OperatorSetIdProto> imports) {
    Map<String, Long> all = new HashMap<>(versions);
    for (OperatorSetIdProto set : imports) {
      String domain = GraphNode.domain(set.getDomain());
      if (domain.equals(GraphNode.STANDARD) && set.getVersion() < OLDEST) {
        throw file.unsupported(
            "the model uses operator set "
                + set.getVersion()
                + ", and "
                + OLDEST
                + " is the oldest that is read; export it with opset_version=17, or convert it with"
                + " onnx.version_converter");
      }
      all.put(domain, set.getVersion());
    }
    return new OperatorSets(all);
  }

  /** The version that nodes of a domain are of; 1 of a domain that is not imported. */
  long version(String domain) {
    return versions.getOrDefault(domain, 1L);
  }
}
