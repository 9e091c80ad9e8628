package dev.crease.certificate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.certify.Cover;
import dev.crease.certify.ProofTree;
import dev.crease.certify.RadiusResult;
import dev.crease.network.NetworkHash;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.witness.ExactCollision;
import dev.crease.witness.Fractions;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.hipparchus.fraction.BigFraction;

/**
 * Writes results as certificate files: JSON, compressed or not, the same bytes for the same result.
 */
public final class CertificateWriter {

  /** The version of the format with a mesh, or without a proof of the lower end. */
  public static final String SCHEMA = "crease-certificate/1";

  /** The version of the format with a proof tree. */
  public static final String TREE_SCHEMA = "crease-certificate/2";

  /** The version of the format for the whole space. */
  public static final String CELLS_SCHEMA = "crease-certificate/3";

  private static final int RADIX = 36;

  private final JsonGenerator json;
  private final RadiusResult result;
  private final Query query;

  private CertificateWriter(JsonGenerator json, RadiusResult result) {
    this.json = json;
    this.result = result;
    this.query = result.query();
  }

  /**
   * Writes a result as JSON that is compressed by gzip. The lower end is checkable where its
   * evidence has a cover, the upper end where it has an exact collision; a lower end without a
   * cover is written as what it rests on, an upper end without an exact collision is left out.
   *
   * @param preparation how the networks in the files became those of the question
   * @param out is not closed
   */
  public static void write(RadiusResult result, Preparation preparation, OutputStream out)
      throws IOException {
    GZIPOutputStream gzip = new GZIPOutputStream(out);
    writePlain(result, preparation, gzip);
    gzip.finish();
  }

  /** The same, as JSON that is not compressed. */
  public static void writePlain(RadiusResult result, Preparation preparation, OutputStream out)
      throws IOException {
    try (JsonGenerator json =
        new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).createGenerator(out)) {
      new CertificateWriter(json, result).write(preparation);
    }
  }

  private void write(Preparation preparation) throws IOException {
    json.writeStartObject();
    boolean isWhole = result.evidence().cells().isPresent();
    json.writeStringField(
        "schema",
        isWhole ? CELLS_SCHEMA : result.evidence().tree().isPresent() ? TREE_SCHEMA : SCHEMA);
    json.writeStringField("problem", query.problem().label());
    json.writeStringField("norm", query.norm().label());
    json.writeArrayFieldStart("center");
    for (double value : query.units().center()) {
      json.writeString(decimal(value));
    }
    json.writeEndArray();
    if (query.units().isScaled()) {
      json.writeArrayFieldStart("scale");
      for (double value : query.units().scale()) {
        json.writeString(decimal(value));
      }
      json.writeEndArray();
    }
    if (query.domain().isPresent()) {
      json.writeArrayFieldStart("domain");
      for (Interval side : query.domain().get()) {
        interval(side);
      }
      json.writeEndArray();
    }
    if (!query.noise().isNone()) {
      json.writeObjectFieldStart("noise");
      json.writeStringField("eps", decimal(query.noise().eps()));
      json.writeStringField("within", decimal(query.noise().within()));
      json.writeEndObject();
    }
    // Short of the whole space, what was found is as good an answer to a question with a limit.
    double far = Math.min(query.maxRadius(), Double.MAX_VALUE);
    json.writeStringField("maxRadius", isWhole ? "inf" : decimal(far));
    json.writeObjectFieldStart("shared");
    for (Map.Entry<Integer, Interval> entry : query.shared().entrySet()) {
      json.writeFieldName(String.valueOf(entry.getKey()));
      interval(entry.getValue());
    }
    json.writeEndObject();
    network("network", query.units().f());
    if (query.units().g().isPresent()) {
      network("other", query.units().g().get());
    }
    preparation(preparation);
    if (isWhole) {
      new CellWriter(json).write(result.evidence().cells().orElseThrow());
      json.writeEndObject();
      return;
    }
    if (result.evidence().tree().isPresent()) {
      if (result.evidence().collision().isPresent()) {
        collision(result.evidence().collision().get());
      }
      tree(result.evidence().tree().get());
      json.writeEndObject();
      return;
    }
    if (result.evidence().cover().isPresent()) {
      cover(result.evidence().cover().get());
    } else if (result.certified() > 0) {
      solver();
    }
    if (result.evidence().collision().isPresent()) {
      collision(result.evidence().collision().get());
    }
    json.writeEndObject();
  }

  private void interval(Interval interval) throws IOException {
    json.writeStartArray();
    json.writeString(decimal(interval.lower()));
    json.writeString(decimal(interval.upper()));
    json.writeEndArray();
  }

  /** Comes last, since it is read as a stream. */
  private void tree(ProofTree tree) throws IOException {
    json.writeObjectFieldStart("lower");
    json.writeStringField("assurance", "RIGOROUS");
    json.writeStringField("radius", decimal(result.certified()));
    json.writeStringField("ball", decimal(tree.ball()));
    new TreeWriter(json).write(tree);
    json.writeEndObject();
  }

  private void network(String field, ReluNetwork network) throws IOException {
    json.writeObjectFieldStart(field);
    json.writeStringField("name", network.name());
    json.writeStringField("shape", network.shape());
    json.writeStringField("sha256", NetworkHash.sha256(network));
    json.writeEndObject();
  }

  private void preparation(Preparation preparation) throws IOException {
    json.writeObjectFieldStart("preparation");
    json.writeObjectFieldStart("fix");
    for (Map.Entry<Integer, Double> entry : preparation.fixed().entrySet()) {
      json.writeStringField(String.valueOf(entry.getKey()), decimal(entry.getValue()));
    }
    json.writeEndObject();
    indices("share", preparation.shared());
    json.writeNumberField("steps", preparation.steps());
    indices("outputs", preparation.outputs());
    json.writeEndObject();
  }

  private void indices(String field, Iterable<Integer> values) throws IOException {
    json.writeArrayFieldStart(field);
    for (int value : values) {
      json.writeNumber(value);
    }
    json.writeEndArray();
  }

  private void cover(Cover cover) throws IOException {
    json.writeObjectFieldStart("lower");
    json.writeStringField("assurance", "EXACT");
    json.writeStringField("radius", rational(cover.radius()));
    json.writeArrayFieldStart("vertices");
    for (List<BigFraction> vertex : cover.vertices()) {
      BigInteger denominator = BigInteger.ONE;
      for (BigFraction x : vertex) {
        BigInteger d = x.getDenominator();
        denominator = denominator.divide(denominator.gcd(d)).multiply(d);
      }
      json.writeStartArray();
      json.writeString(denominator.toString(RADIX));
      for (BigFraction x : vertex) {
        BigInteger factor = denominator.divide(x.getDenominator());
        json.writeString(x.getNumerator().multiply(factor).toString(RADIX));
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("simplices");
    for (List<Integer> simplex : cover.simplices()) {
      json.writeStartArray();
      for (int vertex : simplex) {
        json.writeNumber(vertex);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void solver() throws IOException {
    json.writeObjectFieldStart("lower");
    json.writeStringField("assurance", "SOLVER");
    json.writeStringField("radius", decimal(result.certified()));
    json.writeStringField("engine", result.engine());
    json.writeStringField("solver", result.solver());
    json.writeStringField("delta", decimal(result.delta()));
    json.writeBooleanField("deltaIsRigorous", result.deltaIsRigorous());
    json.writeObjectFieldStart("tolerances");
    json.writeStringField("feasibility", decimal(result.terms().tolerances().feasibility()));
    json.writeStringField("integrality", decimal(result.terms().tolerances().integrality()));
    json.writeStringField("gap", decimal(result.terms().tolerances().relativeGap()));
    json.writeStringField("pad", decimal(result.terms().pad()));
    json.writeStringField("threshold", decimal(result.terms().threshold()));
    json.writeEndObject();
    json.writeEndObject();
  }

  private void collision(ExactCollision collision) throws IOException {
    BigFraction p = distance(collision.p());
    BigFraction pPrime = distance(collision.pPrime());
    json.writeObjectFieldStart("upper");
    json.writeStringField(
        query.norm() == Norm.L2 ? "radiusSquared" : "radius",
        rational(p.compareTo(pPrime) < 0 ? pPrime : p));
    point("p", collision.p());
    point("pPrime", collision.pPrime());
    point("u", collision.u());
    point("uPrime", collision.uPrime());
    json.writeEndObject();
  }

  private void point(String field, List<BigFraction> point) throws IOException {
    json.writeArrayFieldStart(field);
    for (BigFraction x : point) {
      json.writeString(rational(x));
    }
    json.writeEndArray();
  }

  /** The distance from the centre; for the norm 2 its square. */
  private BigFraction distance(List<BigFraction> x) {
    double[] center = query.center();
    BigFraction distance = BigFraction.ZERO;
    int next = 0;
    for (int i = 0; i < x.size(); i++) {
      if (query.shared().containsKey(i)) {
        continue;
      }
      BigFraction size = x.get(i).subtract(Fractions.of(center[next++])).abs();
      distance =
          switch (query.norm()) {
            case L1 -> distance.add(size);
            case L2 -> distance.add(size.multiply(size));
            case LINF -> distance.compareTo(size) < 0 ? size : distance;
          };
    }
    return distance;
  }

  /** The exact value, without an exponent. */
  private static String decimal(double value) {
    return new BigDecimal(value).toPlainString();
  }

  private static String rational(BigFraction value) {
    return value.getNumerator() + "/" + value.getDenominator();
  }
}
