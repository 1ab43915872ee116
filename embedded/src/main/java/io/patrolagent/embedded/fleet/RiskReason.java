package io.patrolagent.embedded.fleet;

/**
 * Why a cluster is at risk: an element of {@code cluster_risk_snapshots.reasons}. The detail is
 * text of ours that needs no escaping in JSON.
 */
record RiskReason(RiskLevel level, String code, String detail) {

  RiskReason {
    if (detail.indexOf('"') >= 0 || detail.indexOf('\\') >= 0) {
      throw new IllegalArgumentException(
          "risk reason " + code + ": detail must not need escaping, was " + detail);
    }
  }

  String json() {
    return "{\"code\": \"" + code + "\", \"detail\": \"" + detail + "\"}";
  }
}
