import type sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import featuresPb from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type { handleUnaryCall } from '@grpc/grpc-js';
import { injectedError, unavailable } from './call-errors.js';
import type { ServerNode } from './server-node.js';

const VERSION = '24.10.0';
const STREAMS = 'event_store.client.streams.streams';
const METHODS: readonly { name: string; features: string[] }[] = [
  { name: 'read', features: ['position', 'events'] },
  { name: 'append', features: [] },
  { name: 'delete', features: [] },
  { name: 'tombstone', features: [] },
];

/** Which methods the server knows. No credentials are asked for. */
export function featuresHandler(
  node: ServerNode,
  batchAppend: boolean,
): handleUnaryCall<sharedPb.Empty, featuresPb.SupportedMethods> {
  const methods = batchAppend
    ? [...METHODS, { name: 'batchappend', features: ['deadline_duration'] }]
    : METHODS;
  const supported = new featuresPb.SupportedMethods().setEventStoreServerVersion(VERSION);
  for (const { name, features } of methods) {
    const method = new featuresPb.SupportedMethod().setServiceName(STREAMS).setMethodName(name);
    supported.addMethods(method.setFeaturesList(features));
  }
  return (_call, callback) => {
    node.traffic.featureQuestions += 1;
    const fault = node.faults.features.take();
    if (fault === 'never') return;
    if (node.faults.unavailable) return callback(unavailable());
    if (fault) return callback(injectedError(fault, node.leader));
    node.faults.reply(() => callback(null, supported));
  };
}
