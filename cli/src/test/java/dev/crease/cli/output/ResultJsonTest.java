package dev.crease.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crease.bounds.Norm;
import dev.crease.boxes.SplittingCertifier;
import dev.crease.certify.Assurance;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Claim;
import dev.crease.certify.Proved;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.Terms;
import dev.crease.question.Query;
import dev.crease.solver.Tolerances;
import dev.crease.testkit.Networks;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultJsonTest {

  private static RadiusResult answer(double radius) {
    Query query = Query.local(Networks.absolute(1, 0), Norm.LINF, 1).upTo(radius);
    return new SplittingCertifier()
        .radius(query, CertifyOptions.defaults(), CertifyListener.none());
  }

  private static JsonNode json(RadiusResult result) throws JsonProcessingException {
    return new ObjectMapper().readTree(ResultJson.write(result));
  }

  @Test
  void hasTheNamesThatReadersRelyOn() throws JsonProcessingException {
    RadiusResult result = answer(2);
    JsonNode json = json(result);
    for (String name :
        List.of(
            "schema",
            "problem",
            "norm",
            "center",
            "certified",
            "claimed",
            "refuted",
            "witness",
            "assurance",
            "trust",
            "engine",
            "strategy",
            "delta",
            "tolerances",
            "seconds")) {
      assertTrue(json.has(name), () -> "no " + name + " in " + json);
    }
    assertEquals("crease-result/2", json.get("schema").asText());
    assertEquals("local", json.get("problem").asText());
    assertEquals("inf", json.get("norm").asText());
    assertEquals(1, json.get("center").get(0).asDouble());
    assertEquals(result.certified(), json.get("certified").asDouble());
    assertEquals(result.refuted().getAsDouble(), json.get("refuted").asDouble());
    JsonNode witness = json.get("witness");
    assertEquals(1, witness.get("x").size());
    assertEquals(1, witness.get("xPrime").size());
    assertTrue(witness.get("separation").asDouble() > 0);
    assertTrue(witness.get("residual").asDouble() >= 0);
    assertEquals("splitting", json.get("engine").asText());
    assertEquals(result.assurance().name(), json.get("assurance").asText());
    assertTrue(json.get("seconds").asDouble() >= 0);
  }

  @Test
  void hasAClaimApartFromWhatIsCertified() throws JsonProcessingException {
    RadiusResult half = answer(0.5).toBuilder().proved(Proved.outright(0.25)).build();
    Terms terms = new Terms(new Tolerances(1e-7, 1e-6, 0, 1e-5), 2e-6, 0);
    Claim claim = new Claim(0.375, Assurance.SOLVER, "highs", "HiGHS 1", 1e-3, false, terms);
    JsonNode json = json(half.toBuilder().claimed(Optional.of(claim)).build());
    assertEquals(0.25, json.get("certified").asDouble());
    assertEquals("RIGOROUS", json.get("assurance").asText());
    assertEquals("proof", json.get("trust").asText());
    assertEquals(0, json.get("delta").asDouble());
    assertEquals(
        "{\"radius\":0.375,\"assurance\":\"SOLVER\",\"engine\":\"highs\",\"solver\":\"HiGHS 1\","
            + "\"delta\":0.001,\"deltaIsRigorous\":false,\"tolerances\":{\"feasibility\":1.0E-7,"
            + "\"integrality\":1.0E-6,\"gap\":1.0E-5,\"pad\":2.0E-6,\"threshold\":0.0}}",
        json.get("claimed").toString());
  }

  @Test
  void saysNullWhereNothingIsRefuted() throws JsonProcessingException {
    JsonNode json = json(answer(0.5));
    assertTrue(json.get("claimed").isNull(), json::toString);
    assertTrue(json.get("refuted").isNull(), json::toString);
    assertTrue(json.get("witness").isNull(), json::toString);
  }
}
