declare function Injectable(): (target: unknown) => void;

@Injectable()
export class QueueService {
  private timer?: NodeJS.Timeout;

  onModuleInit(): void {
    this.timer = setInterval(() => this.drain(), 1000);
  }

  private drain(): void {
    console.log(this.timer === undefined);
  }
}
