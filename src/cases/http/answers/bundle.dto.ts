import { ApiSchema } from '@nestjs/swagger';
import { BUNDLE_FORMAT, type Bundle, type BundledEvent } from '../../../evidence/bundle.js';
import { Code, Count, Id, PartOrNull, Parts, Text, Texts } from './members.js';

@ApiSchema({ name: 'BundledEvent' })
class BundledEventDto implements BundledEvent {
  @Text({ description: 'as the store keeps it, to the byte' })
  payload: string;

  @Text({ description: 'the same' })
  metadata: string;

  @Count({ description: 'its leaf in the log' })
  leaf: number;

  @Texts({ description: 'the proof that it stands there (RFC 6962), in base64' })
  proof: string[];
}

@ApiSchema({ name: 'BundledStream' })
class BundledStreamDto {
  @Text({ example: 'case-0192f0c1-2b3c-7d4e-8f50-123456789abc' })
  stream: string;

  @Parts(BundledEventDto, { description: 'from its first event on' })
  events: BundledEventDto[];
}

@ApiSchema({ name: 'KnownCheckpoint' })
class KnownCheckpointDto {
  @Text({ description: 'a signed note' })
  checkpoint: string;

  @Texts({ description: 'the proof that the log begins with it (RFC 6962), in base64' })
  proof: string[];
}

@ApiSchema({ name: 'EvidenceBundle', description: 'Canonical JSON (RFC 8785) and a line feed' })
export class BundleDto implements Bundle {
  @Code([BUNDLE_FORMAT])
  format: typeof BUNDLE_FORMAT;

  @Id()
  caseId: string;

  @Parts(BundledStreamDto, { description: 'the case first, then those that were merged into it' })
  streams: BundledStreamDto[];

  @Text({ description: 'a signed note (C2SP): what the proofs lead to' })
  checkpoint: string;

  @Texts({ description: 'verifier lines of whoever signs; have them from elsewhere too' })
  keys: string[];

  @PartOrNull(KnownCheckpointDto)
  known: KnownCheckpointDto | null;
}
