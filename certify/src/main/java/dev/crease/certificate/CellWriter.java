package dev.crease.certificate;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.crease.certify.CellTree;
import java.io.IOException;
import org.hipparchus.fraction.BigFraction;

/** Writes the linear regions of the whole space into a certificate. */
final class CellWriter {

  private static final int RADIX = 36;

  private final JsonGenerator json;

  CellWriter(JsonGenerator json) {
    this.json = json;
  }

  /** The field {@code lower}; it comes last, since it is read as a stream. */
  void write(CellTree tree) throws IOException {
    json.writeObjectFieldStart("lower");
    json.writeStringField("assurance", "EXACT");
    json.writeStringField("radius", "inf");
    json.writeArrayFieldStart("point");
    for (BigFraction x : tree.point()) {
      json.writeString(x.getNumerator() + "/" + x.getDenominator());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("cells");
    for (CellTree.Step step : tree.steps()) {
      json.writeStartArray();
      if (step instanceof CellTree.Split split) {
        json.writeNumber(split.neuron());
      } else if (step instanceof CellTree.Implied implied) {
        implied(implied);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void implied(CellTree.Implied implied) throws IOException {
    json.writeNumber(implied.neuron());
    json.writeNumber(implied.isActive() ? 1 : 0);
    json.writeString(implied.own().toString(RADIX));
    for (CellTree.Multiplier multiplier : implied.multipliers()) {
      json.writeNumber(multiplier.split());
      json.writeString(multiplier.factor().toString(RADIX));
    }
  }
}
