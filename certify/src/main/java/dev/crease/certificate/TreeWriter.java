package dev.crease.certificate;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.crease.certify.ProofTree;
import java.io.IOException;
import java.util.List;

/** Writes a proof tree into a certificate. */
final class TreeWriter {

  private final JsonGenerator json;

  TreeWriter(JsonGenerator json) {
    this.json = json;
  }

  /** The field {@code faces}. */
  void write(ProofTree tree) throws IOException {
    json.writeArrayFieldStart("faces");
    for (ProofTree.Face face : tree.faces()) {
      json.writeStartObject();
      json.writeNumberField("input", face.input());
      json.writeNumberField("sign", face.sign());
      json.writeFieldName("node");
      node(face.node());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void node(ProofTree.Node node) throws IOException {
    json.writeStartArray();
    for (ProofTree.Step step : node.steps()) {
      json.writeStartObject();
      if (step instanceof ProofTree.Narrowed narrowed) {
        json.writeNumberField(narrowed.isLeast() ? "least" : "most", narrowed.neuron());
        json.writeFieldName("by");
        directions(narrowed.by());
      } else if (step instanceof ProofTree.Decided decided) {
        json.writeNumberField(decided.isActive() ? "active" : "inactive", decided.neuron());
        json.writeNumberField("copy", decided.copy());
        if (decided.by().isPresent()) {
          json.writeFieldName("by");
          positions(decided.by().get());
        }
      }
      json.writeEndObject();
    }
    json.writeStartObject();
    end(node.end());
    json.writeEndObject();
    json.writeEndArray();
  }

  private void end(ProofTree.End end) throws IOException {
    if (end instanceof ProofTree.NoDirection none) {
      json.writeFieldName("direction");
      directions(none.by());
    } else if (end instanceof ProofTree.NotNear far) {
      json.writeFieldName("near");
      positions(far.by());
    } else if (end instanceof ProofTree.Crossed) {
      json.writeBooleanField("empty", true);
    } else if (end instanceof ProofTree.Split split) {
      json.writeNumberField("split", split.neuron());
      json.writeNumberField("copy", split.copy());
      json.writeFieldName("active");
      node(split.active());
      json.writeFieldName("inactive");
      node(split.inactive());
    }
  }

  private void directions(ProofTree.Directions by) throws IOException {
    json.writeStartObject();
    mu(by.mu());
    sparse("pass", by.pass());
    json.writeEndObject();
  }

  private void positions(ProofTree.Positions by) throws IOException {
    json.writeStartObject();
    mu(by.mu());
    sparse("low", by.low());
    sparse("up", by.up());
    sparse("pair", by.pair());
    copies("above", by.above());
    copies("pass", by.pass());
    sparse("input", by.input());
    copies("ball", by.inBall());
    json.writeEndObject();
  }

  private void mu(List<Double> values) throws IOException {
    json.writeArrayFieldStart("mu");
    for (double value : values) {
      number(value);
    }
    json.writeEndArray();
  }

  private void copies(String field, List<ProofTree.Sparse> copies) throws IOException {
    if (copies.stream().allMatch(list -> list.index().isEmpty())) {
      return;
    }
    json.writeArrayFieldStart(field);
    for (ProofTree.Sparse list : copies) {
      json.writeStartArray();
      entries(list);
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private void sparse(String field, ProofTree.Sparse list) throws IOException {
    if (list.index().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart(field);
    entries(list);
    json.writeEndArray();
  }

  private void entries(ProofTree.Sparse list) throws IOException {
    for (int i = 0; i < list.index().size(); i++) {
      json.writeNumber(list.index().get(i));
      number(list.value().get(i));
    }
  }

  /** Without the fraction of a whole number: it is as long as most of them are. */
  private void number(double value) throws IOException {
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      json.writeNumber((long) value);
    } else {
      json.writeNumber(value);
    }
  }
}
