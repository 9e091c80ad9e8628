package dev.crease.verifier;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.certificate.CertificateWriter;
import dev.crease.certify.Cover;
import dev.crease.certify.Evidence;
import dev.crease.certify.Proved;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.Terms;
import dev.crease.certify.Trust;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.solver.Tolerances;
import dev.crease.witness.ExactCollision;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.hipparchus.fraction.BigFraction;

/** A certificate as the writer writes it, open to be tampered with, and the networks it is for. */
record TestCertificate(ObjectNode json, ReluNetwork f, Optional<ReluNetwork> g) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static TestCertificate of(Query query, TestMesh mesh, BigFraction radius) {
    return of(query, Optional.of(mesh.cover(radius)), Optional.empty(), 0);
  }

  static TestCertificate of(
      Query query, Optional<Cover> cover, Optional<ExactCollision> collision, double certified) {
    return of(
        result(query, cover, collision, certified),
        new dev.crease.certificate.Preparation(Map.of(), query.shared().keySet(), 1, List.of()));
  }

  static TestCertificate of(RadiusResult result, dev.crease.certificate.Preparation preparation) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      CertificateWriter.write(result, preparation, out);
      byte[] text = new GZIPInputStream(new ByteArrayInputStream(out.toByteArray())).readAllBytes();
      return new TestCertificate(
          (ObjectNode) MAPPER.readTree(text),
          result.query().units().f(),
          result.query().units().g());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RadiusResult result(
      Query query, Optional<Cover> cover, Optional<ExactCollision> collision, double certified) {
    return RadiusResult.of(
            query,
            cover.isPresent()
                ? Proved.exact(certified)
                : Proved.outright(certified).onASolversWord().ofFarPairs())
        .trust(Trust.SOLVER)
        .by("engine", "solver 1.0", "direct")
        .delta(1e-3, false)
        .terms(new Terms(Tolerances.defaults(), 1e-6, 0))
        .evidence(new Evidence(Optional.empty(), collision, cover))
        .build();
  }

  static byte[] zipped(byte[] text) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(text);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] file() {
    try {
      return zipped(MAPPER.writeValueAsBytes(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TestCertificate copy() {
    return new TestCertificate(json.deepCopy(), f, g);
  }

  ObjectNode lower() {
    return (ObjectNode) json.get("lower");
  }

  ObjectNode upper() {
    return (ObjectNode) json.get("upper");
  }

  ArrayNode vertices() {
    return (ArrayNode) lower().get("vertices");
  }

  ArrayNode simplices() {
    return (ArrayNode) lower().get("simplices");
  }

  Verification verify() {
    return verify(f, g);
  }

  Verification verify(ReluNetwork network, Optional<ReluNetwork> other) {
    return Verifier.verify(Certificate.read(new ByteArrayInputStream(file())), network, other);
  }
}
